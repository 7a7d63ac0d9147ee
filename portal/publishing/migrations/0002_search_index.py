"""The index of search, in the database's own way: a full-text table of SQLite, or vectors of words in PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE publishing_found_words USING fts5(
    title, words, tokenize = 'unicode61 remove_diacritics 0', detail = column, columnsize = 0
)
"""
POSTGRES = """
CREATE TABLE publishing_found_words (mark bigint PRIMARY KEY, title tsvector NOT NULL, words tsvector NOT NULL);
CREATE INDEX publishing_found_words_title ON publishing_found_words USING gin (title);
CREATE INDEX publishing_found_words_words ON publishing_found_words USING gin (words);
"""


def make(_apps, editor) -> None:
    editor.execute(POSTGRES if editor.connection.vendor == "postgresql" else SQLITE)


def unmake(_apps, editor) -> None:
    editor.execute("DROP TABLE publishing_found_words")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_texts_letters_policies_knowledge")]
    operations = [migrations.RunPython(make, unmake)]
