"""Newsletters, handbooks, articles, notices, events, and their feeds."""

from django.urls import path

from portal.publishing.views import editions, feeds, newsletters

urlpatterns = [
    # /newsletters/
    path("newsletters/", newsletters.issue_list, name="issue-list"),
    # /newsletters/2020-08/
    path("newsletters/<slug:code>/", newsletters.issue_detail, name="issue-detail"),
    path("newsletters/<slug:code>/editions/<row:edition>/", newsletters.issue_edition, name="issue-edition"),
    # /newsletters/2020-08/a12/ leads to the article's place in the issue
    path("newsletters/<slug:code>/<slug:anchor>/", newsletters.issue_piece, name="issue-piece"),
    path("handbooks/", newsletters.handbook_list, name="handbook-list"),
    path("handbooks/<slug:code>/", newsletters.handbook_detail, name="handbook-detail"),
    path("handbooks/<slug:code>/editions/<row:edition>/", newsletters.handbook_edition, name="handbook-edition"),
    # /articles/?column=cities
    path("articles/", newsletters.article_list, name="article-list"),
    path("articles/<row:pk>/", newsletters.article_detail, name="article-detail"),
    path("articles/<row:pk>/editions/<row:edition>/", newsletters.article_edition, name="article-edition"),
    path("notices/", newsletters.notice_list, name="notice-list"),
    path("events/", newsletters.event_list, name="event-list"),
    path("events/<row:pk>.ics", newsletters.event_file, name="event-file"),
    # What an edition is made of: pictures, drawings, files to download
    path("publications/<row:edition>/files/<str:name>", editions.edition_file, name="edition-file"),
    path("feeds/newsletters.atom", feeds.newsletter_feed, name="newsletter-feed"),
    path("feeds/notices.atom", feeds.notice_feed, name="notice-feed"),
    path("feeds/policies.atom", feeds.policy_feed, name="policy-feed"),
    path("feeds/releases.atom", feeds.release_feed, name="release-feed"),
]
