using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;

namespace Atlas.Client.Tests.Harness;

/// <summary>Playbooks to import.</summary>
internal static class Playbooks
{
    public static string Exported(string studentText) => PlaybookDocument.Export(new LearnedPlaybook { StudentPreface = studentText });
}
