using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>The version that sessions get if it is not necessarily the newest one.</summary>
/// <param name="Version">Its number; 0 for the empty playbook before the first.</param>
/// <param name="MadeAt">When it was made; null for version 0.</param>
/// <param name="Playbook">Its content, with the impact counted since.</param>
public sealed record ServedPlaybook(int Version, DateTimeOffset? MadeAt, [property: JsonConverter(typeof(LearnedPlaybookJson))] LearnedPlaybook Playbook);
