import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { jsonPgSmartTags } from "postgraphile/utils";

// The product keeps some relations without foreign keys (a night rewrites both sides): PostGraphile is told of them.
const tags = {
  "public.customers": { foreignKey: ["(grid_id) references public.grids (id)", "(owner_id) references public.staff (id)"] },
  "public.deposits": { foreignKey: "(customer_id) references public.customers (id)" },
  "public.month_ends": { foreignKey: "(customer_id) references public.customers (id)" },
  "public.loans": { foreignKey: "(customer_id) references public.customers (id)" },
  "public.visits": { foreignKey: "(customer_id) references public.customers (id)" },
  "public.relations": { foreignKey: ["(customer_id) references public.customers (id)", "(other_id) references public.customers (id)"] },
  "public.source_records": { foreignKey: "(customer_id) references public.customers (id)" },
  "public.disagreements": { foreignKey: "(customer_id) references public.customers (id)" },
  "public.scores": { foreignKey: ["(customer_id) references public.customers (id)", "(model) references public.score_runs (model)"] },
  "public.score_reasons": { foreignKey: "(customer_id) references public.customers (id)" },
};
const preset = {
  extends: [PostGraphileAmberPreset],
  // Orders by columns without an index, as the other peers have them.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  plugins: [jsonPgSmartTags({ version: 1, config: { class: Object.fromEntries(Object.entries(tags).map(([k, v]) => [k, { tags: v }])) } })],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public", "bench"], pubsub: false, poolConfig: { max: 10 } })],
  // As the product's indexes have it.
  schema: { pgOrderByNullsLast: true },
  grafserv: { graphiql: false, watch: false, websockets: false },
  grafast: { explain: false },
};
const pgl = postgraphile(preset);
const serv = pgl.createServ(grafserv);
const server = createServer();
server.on("error", (e) => console.error(e));
await serv.addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));
