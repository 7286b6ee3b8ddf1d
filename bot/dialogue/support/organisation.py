"""The organisation's profile: kept only if wanted, shared by a code, with papers and deadlines."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from bot.dialogue.rooms import Turn
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Offer
from bot.language.said import say_date
from bot.messaging.message import ChatId
from bot.messaging.reply import Ask, Button, Copy, File, Reply
from bot.messaging.taps import Press
from bot.support import taps
from bot.support.deadlines import Deadline, deadline_calendar, deadlines_of
from bot.support.profiles import CODE_LIFETIME, Profile, Profiles, own_facts, paper_key
from bot.support.said import said_day, said_situation
from bot.support.situation import Situation
from bot.support.terms import qualify_moment
from bot.visitors.taps import CHOICES, PLAN

SavedBy = Callable[[ChatId], Awaitable[Sequence[str]]]
Follow = Callable[[ChatId], Awaitable[None]]
Promise = Callable[[ChatId, Offer, dt.date], Awaitable[bool]]


async def nothing_saved(_chat: ChatId) -> Sequence[str]:
    """Say that a chat has saved nothing, where nothing can be saved."""
    return ()


async def nobody_follows(_chat: ChatId) -> None:
    """Do nothing, where there are no reminders to set."""


async def nothing_promised(_chat: ChatId, _offer: Offer, _day: dt.date) -> bool:
    """Say that nothing will be told, where the bot cannot write first."""
    return False


@dataclass(frozen=True, slots=True)
class OrganisationDesk:
    """Keeps, shares and shows the profile of an organisation.

    Attributes:
        profiles: where it is kept.
        saved_by: what a chat has saved.
        follow: told when a profile changes, so that reminders follow.
        promise: saves an offer, and tells on the day on which one qualifies for it; says whether
            that will be told.
        reachable: the channels on which it can be.
    """

    profiles: Profiles
    saved_by: SavedBy = nothing_saved
    follow: Follow = nobody_follows
    promise: Promise = nothing_promised
    reachable: Collection[str] = ()

    async def facts_of(self, chat: ChatId) -> Situation:
        """Give what the chat's profile tells; nothing where there is none."""
        profile = await self.profiles.profile_of(chat)
        return profile.situation if profile is not None else Situation()

    async def pressed(self, press: Press, situation: Situation, turn: Turn) -> Reply | None:
        """Do what a button wants; `None` if it is no button of the profile."""
        chat, scene = turn.incoming.chat, turn.scene
        match press.what:
            case "org":
                return await self.show(turn)
            case "keep":
                return await self._keep(situation, turn)
            case "code":
                return await self._share(turn)
            case "leave":
                await self.profiles.forget(chat)
                await self.follow(chat)
                return _only("profile_left", scene)
            case "d" | "t":
                return await self._papers(press, turn)
            case "cal":
                return await self._deadlines(turn)
            case "q":
                return await self._remind_then(press.value, turn)
            case _:
                return None

    async def show(self, turn: Turn) -> Reply:
        """Show what is kept."""
        scene = turn.scene
        profile = await self.profiles.profile_of(turn.incoming.chat)
        if profile is None:
            return _only("profile_none", scene)
        return _shown(profile, scene, "profile_holds")

    async def join(self, code: str, turn: Turn) -> Reply:
        """Join the profile of a code."""
        scene, chat = turn.scene, turn.incoming.chat
        if not code.strip():
            return _only("profile_how_to_join", scene)
        if not await self.profiles.join(chat, code, scene.now):
            return _only("profile_code_wrong", scene)
        await self.follow(chat)
        profile = await self.profiles.profile_of(chat)
        assert profile is not None  # noqa: S101 - it was joined just now
        return _shown(profile, scene, "profile_holds", "profile_joined")

    async def _keep(self, situation: Situation, turn: Turn) -> Reply:
        chat, scene = turn.incoming.chat, turn.scene
        facts = own_facts(situation)
        if facts.tells_nothing:
            return _only("profile_nothing_to_keep", scene)
        await self.profiles.keep(chat, facts)
        await self.follow(chat)
        profile = await self.profiles.profile_of(chat)
        assert profile is not None  # noqa: S101 - it was kept just now
        return _shown(profile, scene, "profile_kept")

    async def _share(self, turn: Turn) -> Reply:
        scene = turn.scene
        code = await self.profiles.share(turn.incoming.chat, scene.now)
        if code is None:
            return _only("profile_none", scene)
        written = f"{code[:5]}-{code[5:]}"
        until = scene.now + CODE_LIFETIME
        day = say_date(until.date(), scene.language)
        sheet = Sheet(scene)
        sheet.say("profile_code", code=written, day=day, time=f"{until:%H:%M}")
        sheet.say("profile_code_means")
        return sheet.reply(Copy(scene.say("button_copy_code"), written), _profile_button(scene))

    async def _papers(self, press: Press, turn: Turn) -> Reply:
        """Show the papers of an offer, and tick one off first where that was pressed."""
        chat, scene = turn.incoming.chat, turn.scene
        name, _, number = press.value.partition(":")
        offer = scene.knowledge.offers.get(name)
        if offer is None or not offer.documents:
            return _only("papers_none", scene)
        is_tick = press.what == "t" and number.isdecimal() and len(number) < 4
        if is_tick and int(number) < len(offer.documents):
            await self.profiles.tick(chat, offer.id, paper_key(offer.documents[int(number)]))
        return papers(offer, await self.profiles.profile_of(chat), scene, replaces=is_tick)

    async def _remind_then(self, value: str, turn: Turn) -> Reply:
        """Promise to tell on the day on which the organisation will qualify for an offer."""
        scene = turn.scene
        name, _, digits = value.partition(":")
        offer, day = scene.knowledge.offers.get(name), _day_of(digits)
        if offer is None or day is None or not qualify_moment(offer, day, scene.now):
            return _only("followup_too_late", scene)
        is_promised = await self.promise(turn.incoming.chat, offer, day)
        sheet = Sheet(scene, offer)
        title = sheet.read(offer.title)
        if is_promised:
            sheet.say("followup_promised", day=said_day(day, scene), offer=title)
        else:
            sheet.say("followup_off")
        return sheet.reply(
            Ask(scene.say("button_plan"), PLAN),
            Ask(scene.say("button_choices"), CHOICES),
            scene.ask_about(offer, label_key="button_details"),
        )

    async def _deadlines(self, turn: Turn) -> Reply:
        chat, scene = turn.incoming.chat, turn.scene
        profile = await self.profiles.profile_of(chat)
        wanted = {*await self.saved_by(chat), *(profile.papers if profile else ())}
        offers = [one for one in scene.knowledge.offers.values() if one.id in wanted]
        situation = profile.situation if profile else Situation()
        return deadlines(deadlines_of(offers, situation, scene.now), profile, scene)


def _day_of(digits: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def papers(offer: Offer, profile: Profile | None, scene: Scene, *, replaces: bool) -> Reply:
    """Show which papers an offer takes and which are ready."""
    sheet = Sheet(scene, offer)
    sheet.title = scene.say("papers_title", offer=sheet.read(offer.title))
    ready = profile.papers.get(offer.id, frozenset()) if profile else frozenset()
    buttons: list[Button] = []
    for number, paper in enumerate(offer.documents):
        name = sheet.read(paper.name)
        said = f"{name} ({scene.say('support_optional')})" if paper.optional else name
        if paper.where_to_get is not None:
            said = scene.say("papers_where", paper=said, where=sheet.read(paper.where_to_get))
        is_ready = paper_key(paper) in ready
        sheet.add(f"{'☑' if is_ready else '☐'} {said}")
        label = shortened(f"{'☑' if is_ready else '☐'} {name}")
        buttons.append(Ask(label, taps.write("t", f"{offer.id}:{number}")))
    sheet.part()
    if profile is None:
        sheet.say("papers_need_profile")
        buttons = [Ask(scene.say("button_keep_profile"), taps.write("keep"))]
    else:
        done = sum(paper_key(paper) in ready for paper in offer.documents)
        sheet.say("papers_ready", ready=done, all=len(offer.documents))
    details = scene.ask_about(offer, label_key="button_details")
    return sheet.reply(*buttons, details, _deadlines_button(scene), replaces=replaces)


def deadlines(days: Sequence[Deadline], profile: Profile | None, scene: Scene) -> Reply:
    """Show the deadlines of what is saved, also as a calendar file."""
    sheet = Sheet(scene)
    sheet.title = scene.say("deadlines_title")
    if not days:
        sheet.say("deadlines_none")
        return sheet.reply(_search_button(scene))
    for one in days:
        sheet.cite(one.offer)
        day = said_day(one.day, scene)
        said = scene.say(
            f"deadline_{one.occasion.value}", day=day, offer=sheet.read(one.offer.title)
        )
        ready = profile.papers.get(one.offer.id, frozenset()) if profile else frozenset()
        done = sum(paper_key(paper) in ready for paper in one.offer.documents)
        counted = scene.say("papers_ready", ready=done, all=len(one.offer.documents))
        sheet.add(f"• {said}. {counted}" if one.offer.documents else f"• {said}.")
    content = deadline_calendar(days, scene.knowledge, scene.language, scene.now)
    reply = sheet.reply(_profile_button(scene), _search_button(scene))
    file = File("terminy.ics", "text/calendar", content)
    return Reply(
        reply.language, reply.text, reply.title, note=reply.note, buttons=reply.buttons, file=file
    )


def _shown(profile: Profile, scene: Scene, key: str, before: str = "") -> Reply:
    sheet = Sheet(scene)
    sheet.title = scene.say("profile_title")
    if before:
        sheet.say(before)
    sheet.say(key, what=said_situation(profile.situation, scene) or "–")
    if profile.members > 1:
        sheet.say("profile_members", count=scene.count("count_chats", profile.members))
    return sheet.reply(
        _search_button(scene),
        _deadlines_button(scene),
        Ask(scene.say("button_share_profile"), taps.write("code")),
        Ask(scene.say("button_leave_profile"), taps.write("leave")),
    )


def _only(key: str, scene: Scene) -> Reply:
    sheet = Sheet(scene)
    sheet.say(key)
    return sheet.reply(_search_button(scene))


def _search_button(scene: Scene) -> Ask:
    return Ask(scene.say("button_find_support"), taps.write("go"))


def _profile_button(scene: Scene) -> Ask:
    return Ask(scene.say("button_profile"), taps.write("org"))


def _deadlines_button(scene: Scene) -> Ask:
    return Ask(scene.say("button_deadlines"), taps.write("cal"))
