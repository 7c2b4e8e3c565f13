"""`python -m yizheng`: the command line."""

from yizheng.cli.main import main

main()
