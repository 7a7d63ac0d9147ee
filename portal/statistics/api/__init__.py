"""The public API, `/api/v1`: published figures and code lists for programs (docs/api.md).

`operations` and `listings` say what is offered, `questions` and `schemas` in which words; `doors` let everybody in
who only reads. Nothing here sees an amount that is not public: `cells` does not read it.
"""
