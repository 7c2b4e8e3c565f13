"""All addresses of the platform."""

from django.urls import include, path

urlpatterns = [
    path("", include("yizheng.portal.urls")),
    path("", include("yizheng.core.urls")),
    path("account/", include("yizheng.people.account_urls")),
    path("people/", include("yizheng.people.urls")),
    path("organisation/", include("yizheng.organisations.urls")),
    path("venues/", include("yizheng.venues.urls")),
    path("contacts/", include("yizheng.contacts.urls")),
    path("groups/", include("yizheng.people.group_urls")),
    path("staff/", include("yizheng.staff.urls")),
    path("enterprises/", include("yizheng.enterprises.urls")),
    path("library/", include("yizheng.library.urls")),
    path("learning/", include("yizheng.learning.urls")),
    path("regulations/", include("yizheng.regulations.urls")),
    path("proposals/", include("yizheng.proposals.urls")),
    path("opinions/", include("yizheng.opinions.urls")),
    path("activities/", include("yizheng.activities.urls")),
    path("activities/", include("yizheng.attending.urls")),
    path("promises/", include("yizheng.promises.urls")),
    path("instructions/", include("yizheng.instructions.urls")),
    path("transfers/", include("yizheng.transfers.urls")),
    path("figures/", include("yizheng.indicators.urls")),
    path("search/", include("yizheng.search.urls")),
    path("notices/", include("yizheng.notices.urls")),
]

handler400 = "yizheng.portal.error_pages.bad_request"
handler403 = "yizheng.portal.error_pages.forbidden"
handler404 = "yizheng.portal.error_pages.not_found"
handler500 = "yizheng.portal.error_pages.failed"
