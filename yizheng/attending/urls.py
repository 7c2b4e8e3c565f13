"""Addresses of people, leave, sign-in and calendar; they stand among those of activities."""

from django.urls import path

from .views import calendar, desk, invitations, member, papers, sign_in

app_name = "attending"
urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/renew/", calendar.renew, name="feed-renew"),
    path("calendar/revoke/", calendar.revoke, name="feed-revoke"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("<int:pk>/people/", invitations.people, name="people"),
    path("<int:pk>/people/add/", invitations.add_members, name="add-members"),
    path("<int:pk>/people/add-named/", invitations.add_named, name="add-named"),
    path("<int:pk>/people/add-unit/", invitations.add_unit, name="add-unit"),
    path("participants/<int:pk>/take-off/", invitations.take_off, name="take-off"),
    path("participants/<int:pk>/answer/", invitations.answer_for, name="answer-for"),
    path("<int:pk>/attend/", member.attend, name="attend"),
    path("<int:pk>/answer/", member.answer, name="answer"),
    path("<int:pk>/leave/", member.ask_leave, name="ask-leave"),
    path("<int:pk>/my-code/", member.own_code, name="own-code"),
    path("leave/<int:pk>/", member.leave, name="leave"),
    path("s/<int:pk>/<int:window>/<str:code>/", sign_in.scan, name="sign-in-scan"),
    path("s/<int:pk>/", sign_in.scan_in, name="scan-in"),
    path("sittings/<int:pk>/desk/", desk.desk, name="desk"),
    path("sittings/<int:pk>/screen/", desk.screen, name="screen"),
    path("sittings/<int:pk>/pack/", desk.pack, name="desk-pack"),
    path("sittings/<int:pk>/merge/", desk.merge, name="desk-merge"),
    path("sittings/<int:pk>/list/", sign_in.sheet, name="sheet"),
    path("sittings/<int:pk>/code/", sign_in.own_code_read, name="own-code-read"),
    path("attendance/<int:pk>/looked-at/", sign_in.settle_doubt, name="settle-doubt"),
    path("sign-ins/<int:pk>/decide/", sign_in.decide_waiting, name="decide-waiting"),
    path("<int:pk>/attendance/confirm/", sign_in.confirm, name="confirm-attendance"),
    path("<int:pk>/attendance/sheet.docx", papers.attendance_sheet, name="attendance-sheet"),
    path("<int:pk>/attendance/list.xlsx", papers.attendance_workbook, name="attendance-workbook"),
    path("<int:pk>/poster/", papers.poster, name="poster"),
    path("<int:pk>/poster.docx", papers.poster_word, name="poster-word"),
    path("<int:pk>/speaking/", papers.speaking, name="speaking"),
]
