-- How sources do is asked for by a page and by whoever watches: it is counted in indexes, not in the rows.
CREATE INDEX visits_of   ON visits (source, article) WHERE article <> '';
CREATE INDEX visits_new  ON visits (source) WHERE fetched = '' AND due <> '' AND tries = 0 AND sitemap = 0;
CREATE INDEX visits_gone ON visits (source) WHERE gone <> '' AND sitemap = 0;
CREATE INDEX visits_hurt ON visits (source) WHERE tries > 0 AND sitemap = 0;
