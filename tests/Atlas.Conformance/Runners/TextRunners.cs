using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Keys;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Usage;

namespace Atlas.Conformance.Runners;

internal sealed class LearningKeyRunner : VectorRunner
{
    public override string File => "learning_key";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        return Compare(vector.GetProperty("expected"), LearningKeys.Derive(
            input.GetProperty("agent_name").GetString()!, input.GetProperty("task").GetString()!, Optional(input, "session_metadata")));
    }
}

internal sealed class PlaybookTrimRunner : VectorRunner
{
    public override string File => "playbook_trim";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var playbook = new LearnedPlaybook { StudentPreface = Optional(input, "playbook")?.GetString() ?? "" };
        var given = GivenText.Of(playbook, "student", input.GetProperty("limit").GetInt32());
        return Compare(vector.GetProperty("expected"), new { given?.Text.Text, given?.Sha256 });
    }
}

internal sealed class EntryIdRunner : VectorRunner
{
    public override string File => "entry_id";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings) => Compare(
        vector.GetProperty("expected"),
        EntryIds.Derive(vector.GetProperty("input").Deserialize<PlaybookEntry>(AtlasJson.Options)!));
}

internal sealed class CueMatchRunner : VectorRunner
{
    public override string File => "cue_match";

    public override IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings)
    {
        var input = vector.GetProperty("input");
        var matcher = CueMatcher.For(Optional(input, "type")?.GetString(), Optional(input, "pattern")?.GetString(), settings.Rules);
        return Compare(vector.GetProperty("expected"), matcher.IsMatch(Optional(input, "text")?.GetString()));
    }
}
