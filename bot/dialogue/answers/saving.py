"""The button by which a visitor saves what is shown; the personal room takes its tap."""

from bot.dialogue.scene import Scene
from bot.messaging.reply import Ask
from bot.visitors import taps


def save_button(key: str, scene: Scene) -> Ask:
    """Make the button for a key of `bot.knowledge.dated`."""
    return Ask(scene.say("button_save"), taps.save(key))
