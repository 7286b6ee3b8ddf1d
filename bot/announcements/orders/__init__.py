"""What organizers say in plain words becomes an order, a question back, and then a draft."""

from bot.announcements.orders.asking import question_of
from bot.announcements.orders.changing import changes_of
from bot.announcements.orders.drafting import draft_of, draft_of_changes
from bot.announcements.orders.model import (
    Missing,
    MostAsked,
    Option,
    Order,
    Statistics,
    Unanswered,
    Unclear,
)
from bot.announcements.orders.read import read_order

__all__ = [
    "Missing",
    "MostAsked",
    "Option",
    "Order",
    "Statistics",
    "Unanswered",
    "Unclear",
    "changes_of",
    "draft_of",
    "draft_of_changes",
    "question_of",
    "read_order",
]
