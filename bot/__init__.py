"""Targobot: a chatbot for the visitors of a fair. `docs/architecture.md` shows the house."""
