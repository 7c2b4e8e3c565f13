"""Taking part in activities: invitations and answers, leave, signing in, the quorum, calendars."""
