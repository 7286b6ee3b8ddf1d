"""The commands of `run_bot.py`; without one it serves."""

import click

from bot.cli import asked, asking, changes, learning, messenger, needs, signups


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Targobot answers the visitors of a fair. Without a command it serves."""
    if context.invoked_subcommand is None:
        context.invoke(asking.serve)


for command in (asking.serve, asking.chat, asking.ask, asking.check, asking.schema):
    main.add_command(command)
main.add_command(changes.apply_changes)
for command in (messenger.messenger_profile, messenger.messenger_links):
    main.add_command(command)
for command in (learning.evaluate, learning.gaps, learning.teach, needs.needs):
    main.add_command(command)
for command in (asked.asked, signups.signups):
    main.add_command(command)
