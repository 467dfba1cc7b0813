"""An agent in Python behind HTTP, for `agent.type: http_api`. Standard library only: python3 agent.py [port]"""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def answer(prompt, metadata):
    """What the agent says. `prompt` holds the playbook and the task; `metadata` says what is asked for."""
    if metadata["mode"] == "planning":
        return {"steps": [{"id": 1, "description": metadata["task_payload"], "depends_on": []}]}
    if metadata["mode"] == "synthesis":
        return "All steps are done."
    # Put your model, your chain or your crew here. This one only shows that what was learned arrives.
    advice = [line.strip() for line in prompt.splitlines() if line.startswith("- ")]
    return f"Did: {metadata['step_payload']['description']} Advice followed: {len(advice)}."


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"output": answer(request["prompt"], request["metadata"])}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8080), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
