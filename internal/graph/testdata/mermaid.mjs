// Reads a Mermaid flowchart from standard input with Mermaid's own parser, and prints its
// nodes, edges and subgraphs as JSON.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const require = createRequire(import.meta.url) // it looks in NODE_PATH
const { window } = new (require('jsdom').JSDOM)('')
globalThis.window = window
globalThis.document = window.document
const { default: mermaid } = await import(pathToFileURL(require.resolve('mermaid')))

const text = readFileSync(0, 'utf8')
await mermaid.parse(text)
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text)
// Inside of Mermaid, a character code #NN; has this form until the text is drawn.
const drawn = (text) => (text ?? '').replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code)).split('<br>')
console.log(
  JSON.stringify({
    nodes: [...db.getVertices().values()].map((v) => ({ id: v.id, text: drawn(v.text) })),
    edges: db.getEdges().map((e) => ({ from: e.start, to: e.end, text: drawn(e.text), failure: e.stroke === 'dotted' })),
    packages: db.getSubGraphs().map((s) => ({ path: drawn(s.title)[0], nodes: s.nodes })),
  }),
)
