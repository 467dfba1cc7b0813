using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Import;
using Atlas.Import.Alfworld;
using Atlas.Import.StateBench;
using Atlas.Import.TauBench;
using Atlas.Learning.Options;
using Atlas.Runtime.Importing;
using Atlas.Testing;
using Xunit;

namespace Atlas.Pages.Tests.Harness;

/// <summary>A console with real runs in it, as <c>atlas import</c> brings them there.</summary>
public sealed class RecordedRuns : IAsyncLifetime
{
    public const string Airline = "tau/airline";
    public const string House = "alfworld/reflexion";
    public const string Control = "alfworld/base";
    public const string Support = "state-bench/support";

    // Set to a folder, all runs are imported, and the pictures of the README are made there.
    public static readonly string? ReadmeFolder = Environment.GetEnvironmentVariable("ATLAS_README_PICTURES");

    /// <summary>What somebody has written for the airline; nobody vouches for it, so that it is tried.</summary>
    private static readonly LearnedPlaybook Written = new()
    {
        Form = PlaybookForm.Entries,
        StudentPreface = "You serve customers of an airline.",
        Entries =
        [
            Entry("confirm-first", "book|cancel|change", "a booking is to be made, changed or cancelled", "List what will be done and what it costs, and wait for an explicit yes", "Nothing is booked that the customer did not want."),
            Entry("read-the-fare", "cancel|refund", "the customer asks for a refund or to cancel", "Call get_reservation_details and look at cabin, insurance and time of booking", "Refunds follow the policy.", "get_reservation_details"),
            Entry("own-payment-only", "pay|card|certificate", "something is to be paid", "Use only payment methods that the customer's profile has", "The payment is not refused.", "get_user_details"),
            Entry("hand-over-late", "compensation|complain", "the customer demands a compensation that the policy does not give", "Say so once, and transfer to a human only if the request is out of scope", "Fewer needless transfers."),
        ],
    };

    private TestDatabase _database = null!;

    public ConsoleSilo Silo { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var (airline, house, support) = (
            RecordedData.Require("tau-airline-gpt-4o.json"), RecordedData.Require("alfworld"), RecordedData.Require("state-bench/customer_support"));
        var browser = Browser.StartAsync();
        _database = await TestDatabase.CreateAsync();
        Silo = await ConsoleSilo.StartAsync(_database, learning: new LearningOptions());
        await using (var client = await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = _database.Address }))
        {
            await client.ImportAsync(Airline, Written, new Attribution("ann", "what the policy asks for"));
            await ImportAsync(client, new TauBenchFormat(), airline, Airline, 24, new ReviewDecision(ReviewStatus.Approved, "ann", "recorded in a benchmark"));
            foreach (var (arm, key) in new[] { ("base", Control), ("reflexion", House) })
            {
                await ImportAsync(client, new AlfworldFormat(), house, key, 30, new ReviewDecision(ReviewStatus.Approved, "ann", "recorded in a lab"), arm);
            }

            await ImportAsync(client, new StateBenchFormat(), support, Support, 6);
        }

        Browser = await browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
            await Silo.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    /// <param name="client">The cluster.</param>
    /// <param name="format">What the source holds.</param>
    /// <param name="source">The source.</param>
    /// <param name="key">The key that the runs teach.</param>
    /// <param name="few">So many runs, where not all are wanted.</param>
    /// <param name="review">What a reviewer said of each; null for nothing.</param>
    /// <param name="arm">Only runs of this arm; null for all.</param>
    private static async Task ImportAsync(
        IAtlasClient client, IRunFormat format, string source, string key, int few, ReviewDecision? review = null, string? arm = null)
    {
        var importer = new SessionImporter(client, key, review);
        var runs = format.ReadAsync(source).Where(run => arm is null || Arm(run) == arm);
        await Parallel.ForEachAsync(
            ReadmeFolder is null ? runs.Take(few) : runs,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (run, stop) => await importer.ImportAsync(key == Airline ? AsNew(run.Run!) : run.Run ?? throw new InvalidDataException(run.Error), stop));
    }

    private static string? Arm(RunOrError run) => run.Run?.Metadata is { ValueKind: JsonValueKind.Object } metadata
        && metadata.TryGetProperty("import", out var import) && import.TryGetProperty("arm", out var arm) ? arm.GetString() : null;

    /// <summary>A run as if it happened now, so that what it is told is drawn. Its reward was given long ago and cannot show that anything helps.</summary>
    private static RecordedRun AsNew(RecordedRun run) => run with
    {
        Metadata = JsonSerializer.SerializeToElement(run.Metadata.EnumerateObject().Where(member => member.Name != "import").ToDictionary(member => member.Name, member => member.Value)),
    };

    private static PlaybookEntry Entry(string id, string cue, string when, string imperative, string effect, string? tool = null) => new()
    {
        Id = id,
        Audience = "student",
        Cue = new EntryCue { Type = "regex", Pattern = cue, Description = when },
        Action = new EntryAction { Imperative = imperative, RuntimeHandle = tool },
        ExpectedEffect = effect,
        Scope = new EntryScope { Category = "reinforcement", Constraints = "Airline policy" },
        Provenance = new EntryProvenance { Status = new EntryStatus { Category = "reinforcement", Lifecycle = EntryLifecycle.Provisional } },
    };
}
