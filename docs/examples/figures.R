# Executed value by market, from the newest release of the portal's API. Base R and jsonlite.
#
#   Rscript docs/examples/figures.R https://example.org 520100

library(jsonlite)

given <- commandArgs(trailingOnly = TRUE)
root <- paste0(sub("/+$", "", given[1]), "/api/v1")
place <- if (length(given) > 1) given[2] else "CN"

release <- fromJSON(paste0(root, "/releases?lang=en"), simplifyVector = FALSE)$releases[[1]]
cat(sprintf("%s (%s), as known at %s\n", release$name, release$standing, substr(release$as_of, 1, 10)))

# A file is whole, so there is one request; what is withheld has a mark and an empty amount.
asked <- paste0(
  "?format=csv&lang=en&measure=execution&mode=offshore&cut=market&span=quarter,quarter_base&place=", place
)
cells <- read.csv(url(paste0(release$links$cells, asked)), encoding = "UTF-8", na.strings = "")

amount <- function(market, span) {
  cell <- cells[cells$member == market & cells$span == span, ]
  if (nrow(cell) == 0) 0 else if (cell$status == "F") cell$usd_cents else NA
}

for (market in sort(unique(cells$member))) {
  now <- amount(market, "quarter")
  base <- amount(market, "quarter_base")
  growth <- if (is.na(now) || is.na(base) || base == 0) "no growth" else sprintf("%+.2f %%", 100 * (now / base - 1))
  told <- if (is.na(now)) "withheld" else paste0("US$", formatC(now / 100, format = "f", digits = 2, big.mark = ","))
  cat(market, cells$member_name[cells$member == market][1], told, paste0(growth, "\n"), sep = "  ")
}
