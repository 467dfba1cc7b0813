using System.Text.Json.Nodes;
using Atlas.Contracts.Playbooks;

namespace Atlas.Grains.Sessions;

/// <summary>Adds to a caller's metadata the key from which the session learns, and the playbook it was given.</summary>
internal static class StartMetadata
{
    public static string Write(JsonObject caller, string learningKey, ResolvedPlaybook playbook)
    {
        // The caller's own object must stay unchanged.
        var metadata = (JsonObject)caller.DeepClone();
        metadata["learning_key"] = learningKey;
        if (playbook.ApplyToPrompts)
        {
            AddApplied(metadata, "applied_student_learning", playbook, playbook.Student);
            AddApplied(metadata, "applied_teacher_learning", playbook, playbook.Teacher);
        }

        return metadata.ToJsonString();
    }

    private static void AddApplied(JsonObject metadata, string name, ResolvedPlaybook playbook, RolePlaybook? role)
    {
        if (role is null)
        {
            return;
        }

        metadata[name] = new JsonObject
        {
            ["digest"] = role.VersionSha256,
            ["injected_digest"] = role.Sha256,
            ["char_count"] = role.Text.EnumerateRunes().Count(),
            ["entry_count"] = playbook.EntryCount,
        };
    }
}
