using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Run.Cluster;
using Atlas.Cli.Up;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;

namespace Atlas.Cli.Quickstart;

/// <summary><c>atlas quickstart --evidence</c>: demonstrates on planted entries how withholding entries at random reveals what they are
/// worth.</summary>
internal sealed class QuickstartEvidence(CommandContext context, bool isJson)
{
    /// <summary>The default number of sessions.</summary>
    public const int UsualSessions = 400;

    private const string KeyPrefix = "quickstart/evidence";
    private const int SessionsShown = 8;

    // Stricter than the defaults: a useless entry is reported to help in one run of two hundred rather than of twenty.
    private const string Configuration =
        """
        # Entries on trial in a world whose truth is known. No model is asked: sessions are scripted, and none teaches.
        agent:
          type: litellm
          name: evidence
          system_prompt: You are never asked.
          llm: &nobody { provider: openai, model: nobody, api_base: "http://127.0.0.1:9/v1", api_key_env: ATLAS_DESK_KEY }
        teacher:
          llm: *nobody
        rim:
          small_model: *nobody
          large_model: *nobody
        learning:
          llm: { provider: offline, model: offline }
          evidence:
            enabled: true
            prove: 200
        runtime_safety:
          review:
            require_approval: true
          drift:
            enabled: false

        """;

    public async Task RunAsync(int sessions, SiloPorts ports, bool keeps, CancellationToken cancellation)
    {
        var file = Path.Combine(context.Home.Path, "quickstart", "evidence.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, Configuration, cancellation);
        Say("Three entries are planted: one harms, one does nothing, one helps. Each session gets each of them with a probability of one half, and a hash "
            + "decides whether it succeeds, given its entries. No language model is called, and this costs nothing.");
        await using var cluster = await BorrowedCluster.TakeAsync(context, RunConfiguration.Demand(file, context.Terminal), ports, keepDatabase: true, cancellation);
        var seed = context.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var key = $"{KeyPrefix}/{seed}";
        var world = new EvidenceWorld(cluster.Client, key, seed);
        await world.PlantAsync(cancellation);
        await Progress.WaitAsync(context.Terminal, $"Running {sessions} sessions", () => world.RunAsync(sessions, cancellation));
        var found = await new DatabaseAccess(context).ReadAsync(source => source.Findings.FindAsync(key, cancellation))
            ?? throw new CommandFailedException(ExitCode.Failed, $"No entry of {key} was tried. Check whether the environment sets learning.evidence.enabled to false.");
        Tell(Report(key, seed, world, found), world);
        if (keeps)
        {
            await new QuickstartPage(context, ports, key, isJson).KeepAsync(cancellation);
        }
    }

    private static EvidenceReport Report(string key, string seed, EvidenceWorld world, KeyFindings found) => new()
    {
        LearningKey = key,
        Seed = seed,
        Sessions = world.Sessions.Count,
        Summary = found.Summary,
        Entries = [.. EvidenceWorld.Planted.Select(entry => Entry(entry, found.Entries.First(each => each.Id == entry.Id), world))],
    };

    private static EvidenceReportEntry Entry(PlantedEntry planted, EntryFinding found, EvidenceWorld world) => new()
    {
        Id = planted.Id,
        Planted = planted.Planted,
        State = found.State,
        Sessions = found.Sessions,
        Estimate = found.Effect.Effect,
        Low = found.Effect.Bounds.Low,
        High = found.Effect.Bounds.High,
        Truth = planted.Effect,
        GoneAfter = world.GoneAfter(planted.Id),
    };

    private void Tell(EvidenceReport report, EvidenceWorld world)
    {
        if (isJson)
        {
            context.Terminal.Json(report);
            return;
        }

        context.Terminal.Data();
        context.Terminal.Data("The entries of the first sessions:", Tint.Heading);
        context.Terminal.Table(
            [new("session", IsNumber: true), .. EvidenceWorld.Planted.Select(entry => new Column(entry.Id)), new("reward", IsNumber: true)],
            [
                .. world.Sessions.Take(SessionsShown).Select(session => (IReadOnlyList<string>)
                [
                    Wording.Number(session.Number),
                    .. EvidenceWorld.Planted.Select(entry => session.HeldOut ? "no playbook" : session.Shown.Contains(entry.Id) ? "shown" : "-"),
                    Wording.Number((long)session.Reward),
                ]),
            ]);
        context.Terminal.Data();
        context.Terminal.Data($"What {Wording.Count(report.Sessions, "session")} showed:", Tint.Heading);
        context.Terminal.Table(
            [new("entry"), new("planted"), new("truth", IsNumber: true), new("estimate", IsNumber: true), new("bounds"), new("sessions", IsNumber: true), new("state")],
            [
                .. report.Entries.Select(entry => (IReadOnlyList<string>)
                [
                    entry.Id, entry.Planted, EffectWords.Points(entry.Truth), EffectWords.Points(entry.Estimate),
                    $"{EffectWords.Points(entry.Low)} to {EffectWords.Points(entry.High)}", Wording.Number(entry.Sessions), EffectWords.Standing(entry.State),
                ]),
            ]);
        context.Terminal.Data();
        foreach (var entry in report.Entries)
        {
            context.Terminal.Data(Ending(entry));
        }

        context.Terminal.Data(report.Summary);
        context.Terminal.Data($"See the evidence with `atlas playbook show {report.LearningKey}`, and the full report with `atlas report --key {report.LearningKey}`.");
    }

    private static string Ending(EvidenceReportEntry entry) => entry.State switch
    {
        EntryTrialState.Withdrawn => $"{entry.Id} harms: it was withdrawn after {Wording.Count(entry.GoneAfter ?? entry.Sessions, "session")}, and no session has got it since.",
        EntryTrialState.Retired => $"{entry.Id} does not help: it was retired after {Wording.Count(entry.GoneAfter ?? entry.Sessions, "session")}.",
        EntryTrialState.Proven => $"{entry.Id} helps: nine of ten sessions get it from now on.",
        EntryTrialState.Suspect => $"{entry.Id} is suspect: it may be harmful, and more sessions will show.",
        _ => $"{entry.Id}: so far, all that is known is that its effect is within the bounds.",
    };

    private void Say(string line)
    {
        if (isJson)
        {
            context.Terminal.Say(line);
        }
        else
        {
            context.Terminal.Data(line);
        }
    }
}
