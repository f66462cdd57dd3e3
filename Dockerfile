# The command line in a small image that does not run as root:
#   docker build -t matcher . && docker run --rm -v "$PWD:/data:ro" matcher rank /data/role.txt /data/resumes
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY matcher matcher
COPY api api
COPY models models
RUN python -m venv /opt/matcher && /opt/matcher/bin/pip install --no-cache-dir .

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 matcher
COPY --from=build /opt/matcher /opt/matcher
USER matcher
WORKDIR /home/matcher
ENTRYPOINT ["/opt/matcher/bin/matcher"]
CMD ["--help"]
