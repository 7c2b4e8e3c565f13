"""Learning: keeping its programmes, and whom they reached.

It owns no table and stands above activities: which programme an activity belongs to is a fact of
the activity, like its topic of the plan, and all that is counted here is activities and attendance.
"""
