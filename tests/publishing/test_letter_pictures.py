"""The pictures of a letter travel inside it, light and as far as they fit; others are linked."""

from email import message_from_bytes, policy
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image

from portal.publishing.document import Picture
from portal.publishing.letter_mails import Addressed, message_of
from portal.publishing.letters import letter_for
from portal.publishing.media.inlaid import HEAVIEST, WIDEST, inlaid
from portal.publishing.models import Mailing
from tests.publishing.editions import article_edition, document_of_article, edition_of, file_of, paragraph


def drawing(ink: str = "#0b5450") -> bytes:
    """A few colours, written without care."""
    picture = Image.new("RGBA", (1572, 900), (0, 0, 0, 0))
    picture.paste(ink, (100, 100, 900, 300))
    out = BytesIO()
    picture.save(out, "PNG", compress_level=0)
    return out.getvalue()


def photo(width: int = 1600, seed: int = 90) -> bytes:
    out = BytesIO()
    Image.effect_noise((width, width * 3 // 4), seed).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_drawing_stays_sharp_and_a_photograph_is_made_smaller():
    found = inlaid(["d.png", "p.jpg", "gone.png"], {"d.png": drawing(), "p.jpg": photo(seed=5)})
    assert list(found) == ["d.png", "p.jpg"]
    light, small = opened(found["d.png"].content), opened(found["p.jpg"].content)
    assert (light.format, light.size) == ("PNG", (1572, 900))
    assert light.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert light.convert("RGB").getpixel((500, 200)) == (11, 84, 80)
    assert len(found["d.png"].content) < len(drawing()) // 20
    assert (small.format, small.width) == ("JPEG", WIDEST)


def test_a_letter_weighs_no_more_than_a_list_can_bear():
    files = {f"{number}.jpg": photo(500, 200 + number) for number in range(9)} | {"last.png": drawing()}
    found = inlaid(files, files)
    assert 0 < sum(len(one.content) for one in found.values()) <= HEAVIEST
    assert list(found)[0] == "0.jpg"
    assert "8.jpg" not in found
    assert "last.png" in found


def test_a_mail_carries_what_its_html_shows_and_links_the_rest(world, publisher):
    first = article_edition("读数")
    name = file_of(first, drawing(), "png").name
    blocks = (Picture(name, "签约台", 1572, 900), Picture("gone.png", "不在了", 10, 10))
    edition = edition_of(first.article, document_of_article(first.article, paragraph("正文。"), *blocks))
    file_of(edition, drawing(), "png")
    mailing = Mailing(edition=edition, topic="newsletter", subject="题", prepared_by=publisher.key)
    letter = letter_for(edition, "newsletter", "zh-hans", "题", is_sent=True)
    made = message_of(mailing, letter, Addressed("reader@example.org", "t", "zh-hans", 1)).message()
    found = message_from_bytes(made.as_bytes(linesep="\r\n"), policy=policy.default)
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    picture = [*found.walk()][-1]
    html = [*found.walk()][3].get_content()
    assert f'src="cid:{picture["Content-ID"][1:-1]}"' in html
    assert picture.get_content_disposition() == "inline"
    assert f"/publications/{edition.pk}/files/gone.png" in html
    assert "签约台" in html
    assert "[签约台]" in [*found.walk()][1].get_content()
    assert "cid:" not in letter_for(edition, "newsletter", "zh-hans").html
    default_storage.delete(edition.files.get().file.name)
    assert letter_for(edition, "newsletter", "zh-hans", is_sent=True).pictures == ()
