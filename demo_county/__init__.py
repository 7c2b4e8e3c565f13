"""The invented county 云溪县, for trying the platform out: its texts, its people, and three years
of work taken by real steps. Lies beside the platform, which does not know it.
"""
