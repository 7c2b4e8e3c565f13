"""The staff of the committee's office: its posts, who is on them, who came and who left."""
