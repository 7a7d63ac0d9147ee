"""What comes out is what a second person read: nothing of it changes between the check and the press."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.images import get_image_model

from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.writing import (
    approve,
    edited,
    publish,
    publish_due,
    schedule,
    submit,
    unschedule,
    withdraw,
)
from portal.publishing.distribution import codes_of
from portal.publishing.lifecycle import Standing
from portal.publishing.models import Article, Column, Edition, Issue, MemberPage
from portal.publishing.reading import digest_of
from tests.publishing.conftest import block, publish_text

pytestmark = pytest.mark.django_db


def fresh(text):
    return type(text).objects.get(pk=text.pk)


def checked(text, editor, publisher):
    submit(text=text, by=editor, at=clock.now())
    return approve(text=text, digest=digest_of(fresh(text)), by=publisher, at=clock.now())


def scheduled(text, editor, publisher, moment):
    return schedule(text=checked(text, editor, publisher), moment=moment, by=publisher, at=clock.now())


def image(colour: str, kind: str = "PNG", mode: str = "RGB", **values: object):
    out = BytesIO()
    Image.new(mode, (40, 30), colour).save(out, kind, **values)
    file = ImageFile(BytesIO(out.getvalue()), f"{colour}.{kind.lower()}")
    return get_image_model().objects.create(title=colour, file=file)


def picture(row) -> dict[str, object]:
    return block("picture", {"image": row.pk, "alt": "一块颜色", "caption": "", "credit": ""})


@pytest.fixture
def profile(world) -> MemberPage:
    return MemberPage.objects.create(firm=world.firm, intro_zh="示例简介", shown=["intro"], released_at=clock.now())


@pytest.fixture
def issue(world, editor):
    """An issue with these articles in one column."""
    column = Column.objects.create(code="news", name_zh="行业新闻速览")

    def make(*articles: Article, **values: object) -> Issue:
        text = Issue(**{"title": "简报", "code": "2020-01", "number": 1, "running_number": 1, **values})
        items = [{"id": str(one.pk), "type": "item", "value": one.pk} for one in articles]
        text.contents = [block("column", {"column": column.pk, "articles": items})]
        text.save()
        return edited(text=text, by=editor, at=clock.now())

    return make


class TestBetweenCheckAndPress:
    def refused(self, text, publisher) -> None:
        with pytest.raises(Refused, match="内容与审核时不同"):
            publish(text=text, by=publisher, at=clock.now())
        assert not Edition.objects.exists()

    def test_a_picture_that_was_replaced_on_the_desk_does_not_come_out(self, article, editor, publisher):
        row, other = image("teal"), image("red")
        text = checked(article(picture(row)), editor, publisher)
        row.file = other.file
        row.save()
        self.refused(text, publisher)

    def test_a_firm_that_took_its_page_back_does_not_come_out(self, article, profile, editor, publisher):
        text = checked(article(block("firm", {"page": profile.pk})), editor, publisher)
        profile.taken_back_at = clock.now()
        profile.save()
        self.refused(text, publisher)

    def test_a_column_with_another_name_does_not_come_out(self, issue, article, editor, publisher):
        text = checked(issue(article()), editor, publisher)
        Column.objects.update(name_zh="别的栏目")
        self.refused(text, publisher)

    def test_a_word_of_an_article_in_it_does_not_come_out(self, issue, article, editor, publisher):
        inside = article()
        text = checked(issue(inside), editor, publisher)
        Article.objects.filter(pk=inside.pk).update(byline="别人")
        self.refused(text, publisher)

    def test_that_an_article_got_a_page_of_its_own_changes_nothing_and_is_linked(
        self, issue, article, editor, publisher
    ):
        inside, other = article(), article(title="只在本期")
        text = checked(issue(inside, other), editor, publisher)
        publish_text(inside, editor, publisher)
        pieces = list(publish(text=text, by=publisher, at=clock.now()).as_document().pieces)
        assert [piece.href for piece in pieces] == [f"/articles/{inside.pk}/", ""]


class TestByTheClock:
    def test_what_was_taken_off_the_schedule_waits_even_where_the_clock_had_seen_it(self, article, editor, publisher):
        moment = clock.now() + timedelta(hours=1)
        text = scheduled(article(), editor, publisher, moment)
        unschedule(text=text, by=publisher, at=clock.now())
        with pytest.raises(Refused):
            publish(text=text, by=None, at=moment)
        edited(text=fresh(text), by=editor, at=clock.now())
        with pytest.raises(Refused):
            publish(text=text, by=None, at=moment)
        assert not Edition.objects.exists()

    def test_what_was_put_off_waits(self, article, editor, publisher):
        moment = clock.now() + timedelta(hours=2)
        text = scheduled(article(), editor, publisher, moment)
        with pytest.raises(Refused):
            publish(text=text, by=None, at=moment - timedelta(hours=1))
        assert fresh(text).standing == Standing.SCHEDULED

    def test_a_text_that_fails_holds_nothing_else_up_and_is_tried_again(self, article, editor, publisher):
        moment, row = clock.now() + timedelta(hours=1), image("teal")
        broken = scheduled(article(picture(row), title="缺图"), editor, publisher, moment)
        scheduled(article(title="好的"), editor, publisher, moment)
        name = row.file.name
        with row.file.open("rb") as file:
            content = file.read()
        row.file.storage.delete(name)
        assert [edition.title for edition in publish_due(at=moment)] == ["好的"]
        assert fresh(broken).standing == Standing.SCHEDULED
        row.file.storage.save(name, ImageFile(BytesIO(content), name))
        assert [edition.title for edition in publish_due(at=moment)] == ["缺图"]


def test_nobody_checks_an_issue_with_an_article_of_theirs_that_nobody_has_checked(issue, article, editor, publisher):
    inside = article()
    text = issue(inside)
    submit(text=text, by=editor, at=clock.now())
    edited(text=fresh(inside), by=publisher, at=clock.now())
    with pytest.raises(Refused, match="试一试"):
        approve(text=text, digest=digest_of(fresh(text)), by=publisher, at=clock.now())
    Article.objects.filter(pk=inside.pk).update(standing=Standing.CHECKED)
    approve(text=text, digest=digest_of(fresh(text)), by=publisher, at=clock.now())


def test_a_published_issue_keeps_its_address(issue, editor, publisher):
    text = issue()
    text.code = "2020-02"
    text.full_clean(exclude=["contents"])
    text.code = "2020-01"
    publish_text(text, editor, publisher)
    text = fresh(text)
    text.code = "2020-02"
    with pytest.raises(ValidationError, match="2020-01"):
        text.full_clean(exclude=["contents"])


@pytest.mark.parametrize("line", ["公众号 javascript:alert(1)", "https://example.org/", "公众号"])
def test_a_square_code_has_a_label_and_leads_to_a_web_page(line):
    with pytest.raises(ValidationError, match="https://"):
        Issue(title="简报", code="a", codes=line).full_clean(exclude=["contents"])


def test_label_and_address_of_a_square_code_may_have_a_wide_blank_between_them():
    text = Issue(title="简报", code="a", codes="协会 网站　https://example.org/a\n")
    text.full_clean(exclude=["contents"])
    assert codes_of(text) == (("协会 网站", "https://example.org/a"),)


def test_two_who_withdraw_at_once_are_told_apart(article, editor, publisher):
    edition = publish_text(article(), editor, publisher)
    again = Edition.objects.get(pk=edition.pk)
    assert not hasattr(edition, "withdrawal")
    withdraw(edition=again, note_zh="误发。", by=publisher, at=clock.now())
    with pytest.raises(Refused):
        withdraw(edition=edition, note_zh="误发。", by=publisher, at=clock.now())


def test_a_photograph_stands_upright_and_what_can_be_seen_through_stays_so(article, editor, publisher):
    turned = Image.Exif()
    turned[0x0112] = 6  # a quarter turn to the right
    photograph = image("teal", "JPEG", exif=turned)
    glass = image("#00000000", "WEBP", "RGBA")
    edition = publish_text(article(picture(photograph), picture(glass)), editor, publisher)
    upright, clear = (block for piece in edition.as_document().pieces for block in piece.blocks)
    assert (upright.width, upright.height) == (30, 40)
    assert clear.file.endswith(".png")
    with edition.files.get(name=clear.file).file.open("rb") as file:
        assert Image.open(file).getpixel((5, 5))[3] == 0
