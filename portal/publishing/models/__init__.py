"""Working texts and editions, letters, policies, knowledge, directories."""

from portal.publishing.models.directories import Authority, Entrance, MemberPage, ProvincialCity
from portal.publishing.models.editions import Check, Edition, EditionFile, Withdrawal
from portal.publishing.models.finding import Found
from portal.publishing.models.knowledge import CatalogueCase, ComparedPoint, KnowledgeTerm, TermGroup
from portal.publishing.models.mailing import Delivery, Mailing, Subscriber, Topic
from portal.publishing.models.policies import Level, LinkCheck, Policy, PolicyTopic, Validity
from portal.publishing.models.writing import Article, Column, Issue, Pin

__all__ = [
    "Article",
    "Authority",
    "CatalogueCase",
    "Check",
    "Column",
    "ComparedPoint",
    "Delivery",
    "Edition",
    "EditionFile",
    "Entrance",
    "Found",
    "Issue",
    "KnowledgeTerm",
    "Level",
    "LinkCheck",
    "Mailing",
    "MemberPage",
    "Pin",
    "Policy",
    "PolicyTopic",
    "ProvincialCity",
    "Subscriber",
    "TermGroup",
    "Topic",
    "Validity",
    "Withdrawal",
]
