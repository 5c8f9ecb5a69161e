# One image for every role and the web: docker build -t tingfeng .
FROM python:3.11-slim-bookworm

WORKDIR /app
COPY constraints.txt pyproject.toml README.md LICENSE ./
# The processor build of torch first: the plain index would bring one for graphics cards.
RUN pip install --no-cache-dir -c constraints.txt torch --index-url https://download.pytorch.org/whl/cpu
COPY streams streams
COPY nlp nlp
COPY sinks sinks
COPY dashboards dashboards
RUN pip install --no-cache-dir -c constraints.txt .

RUN useradd --create-home tingfeng
USER tingfeng
ENTRYPOINT ["tingfeng"]
CMD ["--help"]
