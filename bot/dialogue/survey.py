"""Asks the questions at the end of the fair, one after the other, by buttons."""

from dataclasses import dataclass

from bot.announcements.survey import LETTER, SurveyAnswers, answers_to, asked_in, survey_of
from bot.dialogue.rooms import Turn
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import Programme
from bot.knowledge.model import Survey, SurveyQuestion
from bot.messaging.reply import Ask, Reply


@dataclass(frozen=True, slots=True)
class SurveyRoom:
    """Takes the turns that are about the survey; each question counts once for each chat."""

    answers: SurveyAnswers

    async def take(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer the turn; `None` if it is none of this room's business."""
        letter, _, rest = turn.tapped.partition(":")
        survey = survey_of(turn.scene.knowledge)
        questions = asked_in(turn.scene.knowledge)
        if letter != LETTER or survey is None or not questions:
            return None
        number, _, answer = rest.partition(":")
        index = int(number) if number.isdecimal() and len(number) < 3 else -1
        if not 0 <= index < len(questions):
            return None
        if answer:
            await self._count(questions[index], answer, survey, turn)
        return (await self._next(questions, survey, turn, replaces=bool(answer)),)

    async def _count(
        self, question: SurveyQuestion, answer: str, survey: Survey, turn: Turn
    ) -> None:
        # Data comes from outside: what is no answer to this question is not counted.
        known = {value for value, _ in answers_to(question, turn.scene.language)}
        if answer in known:
            await self.answers.answer(turn.incoming.chat, survey.id, question.id, answer)

    async def _next(
        self, questions: tuple[SurveyQuestion, ...], survey: Survey, turn: Turn, *, replaces: bool
    ) -> Reply:
        done = await self.answers.answered_by(turn.incoming.chat, survey.id)
        for index, question in enumerate(questions):
            if question.id not in done:
                return _asked(question, index, questions, survey, turn.scene, replaces=replaces)
        sheet = Sheet(turn.scene, survey)
        sheet.say("survey_thanks")
        return sheet.reply(turn.scene.ask("button_programme", Programme()), replaces=replaces)


def _asked(
    question: SurveyQuestion,
    index: int,
    questions: tuple[SurveyQuestion, ...],
    survey: Survey,
    scene: Scene,
    *,
    replaces: bool,
) -> Reply:
    sheet = Sheet(scene, survey)
    sheet.title = scene.say("survey_title", number=index + 1, total=len(questions))
    sheet.add(sheet.read(question.text))
    sheet.say("survey_hint_scale" if question.type == "scale_1_5" else "survey_hint")
    buttons = (
        Ask(shortened(label), f"{LETTER}:{index}:{value}")
        for value, label in answers_to(question, scene.language)
    )
    return sheet.reply(*buttons, replaces=replaces)
