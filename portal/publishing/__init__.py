"""What the association writes: newsletters, handbooks, policies, knowledge, directories. Alone, it knows Wagtail.

working text (Wagtail's desk) → edition (frozen: `document.py`) → web, PDF, Word, e-mail, WeChat copy, feed
"""
