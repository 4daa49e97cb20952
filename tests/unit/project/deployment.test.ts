import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { readConfig, SETTINGS } from "../../../server/config.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

interface Manifest {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

const manifests: readonly Manifest[] = readdirSync(new URL("docs/kubernetes/", root))
  .filter((name) => name.endsWith(".yaml"))
  .flatMap((name) =>
    parseAllDocuments(read(`docs/kubernetes/${name}`)).map((document) => {
      expect(document.errors).toStrictEqual([]);
      return document.toJS() as Manifest;
    }),
  );
const only = (kind: string): Manifest => {
  const found = manifests.filter((manifest) => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return found[0]!;
};

test("the manifests set what are settings, and those can be used", () => {
  const settings = { ...only("ConfigMap").data, ...only("Secret").stringData };
  expect(Object.keys(settings).filter((name) => !Object.hasOwn(SETTINGS, name))).toStrictEqual([]);
  const config = readConfig({ ...settings, LIANTU_SESSION_SECRET: "x".repeat(32) });
  expect(config).toMatchObject({ host: "0.0.0.0", allowOpen: false, trustProxy: true, graph: { engine: "neo4j" } });
  expect(only("Secret").stringData).toMatchObject({ NEO4J_PASSWORD: "", LIANTU_SESSION_SECRET: "" });
});

test("the replicas run without root on a read-only file system, are asked for their health, and have time to stop", () => {
  const labels = { app: "liantu" };
  const selector = { matchLabels: labels };
  const asked = (path: string) => ({ path, port: "http", httpHeaders: [{ name: "Host", value: "localhost" }] });
  expect(only("Deployment").spec).toMatchObject({
    replicas: 3,
    selector,
    template: {
      metadata: { labels },
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 1000 },
        terminationGracePeriodSeconds: 30,
        containers: [
          {
            ports: [{ name: "http", containerPort: Number(SETTINGS.LIANTU_PORT.default) }],
            envFrom: [{ configMapRef: { name: "liantu" } }, { secretRef: { name: "liantu" } }],
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            livenessProbe: { httpGet: asked("/health/live") },
            readinessProbe: { httpGet: asked("/health/ready") },
          },
        ],
      },
    },
  });
  expect(only("Service").spec).toMatchObject({ selector: labels, ports: [{ targetPort: "http" }] });
  expect(only("PodDisruptionBudget").spec).toStrictEqual({ minAvailable: 2, selector });
});

test("compose runs the service without rights it does not need, over a Neo4j that is new enough", () => {
  const { services } = parse(read("compose.yaml"));
  expect(services.liantu).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    environment: { NEO4J_URI: "bolt://neo4j:7687" },
  });
  expect(services.neo4j.image).toMatch(/^neo4j:5\.26/);
});

test("the image runs without root", () => {
  const dockerfile = read("Dockerfile");
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^CMD \["node", "dist\/server\/main\.js"\]$/m);
});
