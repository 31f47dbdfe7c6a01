# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/wecena \
 && /opt/wecena/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY connector connector
COPY sources sources
COPY webhooks webhooks
RUN /opt/build/bin/python -m hatchling build -t wheel \
 && /opt/wecena/bin/pip install --no-cache-dir --no-deps dist/*.whl

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home wecena
COPY --from=build /opt/wecena /opt/wecena
ENV PATH=/opt/wecena/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WECENA_DATA_DIR=/data \
    WECENA_HOST=0.0.0.0
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["wecena"]
CMD ["run"]
