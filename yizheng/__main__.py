from yizheng.cli.main import main

main()
