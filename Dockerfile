# The service in a small image that does not run as root; the corpus is in the volume:
#   docker build -t matcher .
#   docker run --rm -v matcher:/var/lib/matcher matcher keys make ats
#   docker run -d -v matcher:/var/lib/matcher -p 8000:8000 matcher
# The command line too:
#   docker run --rm -v "$PWD:/data:ro" matcher rank /data/role.txt /data/resumes
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY matcher matcher
COPY api api
COPY models models
# What is installed is this folder; pyproject.toml says which versions go with it.
# hadolint ignore=DL3013
RUN python -m venv --without-pip /opt/matcher \
    && pip --python /opt/matcher install --no-cache-dir '.[service]'

FROM python:3.12-slim-bookworm
RUN useradd --create-home --uid 10001 matcher \
    && install --directory --owner matcher --group matcher --mode 0700 /var/lib/matcher
COPY --from=build /opt/matcher /opt/matcher
ENV MATCHER_CORPUS=/var/lib/matcher/corpus MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 \
    PYTHONUNBUFFERED=1
USER 10001
WORKDIR /home/matcher
VOLUME /var/lib/matcher
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["/opt/matcher/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["/opt/matcher/bin/matcher"]
CMD ["serve", "--host", "0.0.0.0"]
