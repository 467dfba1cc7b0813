-- Which secrets and personal data were found where in the records of a session: kinds and places, never what stood there.
CREATE TABLE IF NOT EXISTS public.session_redactions (
  session_id bigint  NOT NULL REFERENCES public.sessions (id) ON DELETE CASCADE,
  place      text    NOT NULL,                                  -- task, events[3].payload.data.input
  kind       text    NOT NULL,                                  -- email, openai_key
  times      integer NOT NULL,
  taken_out  boolean NOT NULL,                                  -- false: only noticed, the record stays as it came
  PRIMARY KEY (session_id, place, kind)
);
