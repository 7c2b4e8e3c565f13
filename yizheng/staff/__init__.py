"""The office itself: its posts, who is on them, who came and who left."""
