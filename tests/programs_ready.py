"""What every process of tests/programs.py has imported and read when it begins."""

import bot.cli
import tests.delivery.sender_process
import tests.programs
from bot.matching.lexicon import shipped_lexicon

READ = (bot.cli, tests.delivery.sender_process, tests.programs, shipped_lexicon())
