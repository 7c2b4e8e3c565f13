"""All addresses of the platform."""

from django.urls import include, path

urlpatterns = [
    path("", include("yizheng.portal.urls")),
    path("", include("yizheng.core.urls")),
    path("account/", include("yizheng.people.account_urls")),
    path("people/", include("yizheng.people.urls")),
    path("organisation/", include("yizheng.organisations.urls")),
    path("venues/", include("yizheng.organisations.venues.urls")),
    path("contacts/", include("yizheng.people.contacts.urls")),
    path("groups/", include("yizheng.people.group_urls")),
    path("staff/", include("yizheng.people.staff.urls")),
    path("enterprises/", include("yizheng.organisations.enterprises.urls")),
    path("library/", include("yizheng.regulations.library.urls")),
    path("learning/", include("yizheng.activities.learning.urls")),
    path("regulations/", include("yizheng.regulations.urls")),
    path("proposals/", include("yizheng.proposals.urls")),
    path("opinions/", include("yizheng.opinions.urls")),
    path("activities/", include("yizheng.activities.urls")),
    path("commitments/", include("yizheng.commitments.urls")),
    path("figures/", include("yizheng.indicators.urls")),
    path("search/", include("yizheng.search.urls")),
    path("notices/", include("yizheng.notices.urls")),
]

handler400 = "yizheng.portal.error_pages.bad_request"
handler403 = "yizheng.portal.error_pages.forbidden"
handler404 = "yizheng.portal.error_pages.not_found"
handler500 = "yizheng.portal.error_pages.failed"
