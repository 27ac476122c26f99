-- Anyone may ask what is recorded for a digest (page /d/…): it must not cost a look at every text.
CREATE INDEX "frozen_text_digest_idx" ON "frozen_text"("digest");
