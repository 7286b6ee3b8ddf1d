"""The one door: `python run_bot.py --help` lists what can be done."""

from bot.cli import main

if __name__ == "__main__":
    main()
