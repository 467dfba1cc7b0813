using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Import.TauBench;

namespace Atlas.Import.Tests.TauBench;

/// <summary>Records of the tau-bench form, to bend in a test.</summary>
internal static class TauRecord
{
    public static JsonObject Good(int taskId = 3, double reward = 1) => JsonNode.Parse($$"""
        {
          "task_id": {{taskId}}, "trial": 1, "reward": {{reward}},
          "info": { "task": { "instruction": "Return the blue kettle." } },
          "traj": [
            { "role": "system", "content": "Be kind." },
            { "role": "user", "content": "I want to return a kettle." },
            { "role": "assistant", "content": null,
              "tool_calls": [ { "id": "c1", "type": "function", "function": { "name": "find_order", "arguments": "{\"order\": 7}" } } ] },
            { "role": "tool", "tool_call_id": "c1", "name": "find_order", "content": "found" },
            { "role": "assistant", "content": "It is done." }
          ]
        }
        """)!.AsObject();

    public static Task<List<RunOrError>> ReadAsync(params JsonNode?[] records) => ReadAsync(new JsonArray(records).ToJsonString());

    public static async Task<List<RunOrError>> ReadAsync(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await ReadAsync(stream);
    }

    public static async Task<List<RunOrError>> ReadAsync(Stream stream)
    {
        var read = new List<RunOrError>();
        await foreach (var item in new TauBenchFormat().ReadAsync(stream))
        {
            read.Add(item);
        }

        return read;
    }

    public static List<JsonElement> Payloads(RecordedRun run) =>
        [.. run.Events.Select(item => item.GetProperty("payload"))];
}
