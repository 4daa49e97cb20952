/** Cytoscape with all that the page leaves out of it, to compare with. */
declare module "cytoscape/dist/cytoscape.esm.min.mjs" {
  export { default } from "cytoscape";
}
