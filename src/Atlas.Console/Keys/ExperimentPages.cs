using System.Collections.Immutable;
using System.Globalization;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;
using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;
using Atlas.Pages.Frame;
using Atlas.Queries;

namespace Atlas.Pages.Keys;

/// <summary>The model of the page that starts an experiment.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="Newest">The key's newest version.</param>
/// <param name="Entries">The entries that can be compared with nothing.</param>
/// <param name="Form">The experiment as entered in the form.</param>
/// <param name="Operation">The identity of the start, so that it happens only once.</param>
public sealed record ExperimentModel(string Key, int Newest, ImmutableArray<string> Entries, ExperimentForm Form, string Operation)
{
    /// <summary>Gets what is wrong with it; null if nothing is, or it was not checked yet.</summary>
    public string? Trouble { get; init; }

    /// <summary>Gets the plan; null before it was checked.</summary>
    public ExperimentPlan? Plan { get; init; }

    /// <summary>Gets how many sessions it takes; null before it was checked.</summary>
    public string? Needed { get; init; }

    /// <summary>Gets what the sessions of the arms are told differently; null if the arms do not differ in versions.</summary>
    public DifferenceModel? Difference { get; init; }
}

/// <summary><c>/key/experiment</c>: what an experiment would take, and its start.</summary>
internal static class ExperimentPages
{
    private const int MostEntries = 500;

    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/key/experiment", Scopes.Govern, async request =>
        {
            var state = await StateAsync(request).ConfigureAwait(false);
            var current = state.InForce.Version;
            var (first, other) = current == state.Version ? (Math.Max(0, state.Version - 1), state.Version) : (current, state.Version);
            return Page(Model(request, state, new ExperimentForm { First = N(first), New = N(other) }));
        });
        routes.Preview("/key/experiment", Scopes.Govern, LookAsync);
        routes.Form("/key/start", Scopes.Govern, "StartExperiment", StartAsync);
    }

    private static async Task<ConsolePage> LookAsync(ConsoleRequest request, IFormCollection form)
    {
        var state = await StateAsync(request).ConfigureAwait(false);
        var model = Model(request, state, new ExperimentForm());
        try
        {
            model = model with { Form = ExperimentForm.Read(form) };
            var plan = model.Form.Plan();
            if (plan.Entry is { } entry && !model.Entries.Contains(entry, StringComparer.Ordinal))
            {
                throw Problem.InvalidRequest.With($"No playbook version in use has an entry '{entry}'.");
            }

            var findings = KeyFindings.Of(state);
            return Page(model with
            {
                Plan = plan,
                Needed = ExperimentWords.Needed(plan, findings?.Variance ?? SessionsNeeded.LargestVariance, findings?.Rules ?? new EvidenceOptions()).Summary,
                Difference = plan is { FirstVersion: { } first, NewVersion: { } other } ? await DifferenceAsync(request, first, other).ConfigureAwait(false) : null,
            });
        }
        catch (ProblemException wrong)
        {
            return Page(model with { Trouble = wrong.Message });
        }
    }

    private static async Task<string> StartAsync(ConsoleRequest request, IFormCollection form)
    {
        var plan = ExperimentForm.Read(form).Plan();
        var by = ChangePages.By(request, form);
        await ChangePages.MakeAsync(request, plan.NewVersion, by, new { plan, reason = by.Reason }, async (key, signed) =>
        {
            var report = await key.StartExperiment(plan, signed).ConfigureAwait(false);
            return new KeyChange(report.Number, Changed: true, null);
        }).ConfigureAwait(false);
        return Addresses.Key(request.Key) + "#experiments";
    }

    private static async Task<DifferenceModel> DifferenceAsync(ConsoleRequest request, int first, int other)
    {
        var desk = request.Service<KeyDesk>();
        return DifferenceModel.Of(
            $"version {N(first)}",
            await desk.PlaybookAsync(request.Stored, first, request.Caller, request.Stop).ConfigureAwait(false),
            $"version {N(other)}",
            await desk.PlaybookAsync(request.Stored, other, request.Caller, request.Stop).ConfigureAwait(false));
    }

    private static ExperimentModel Model(ConsoleRequest request, LearningKeyState state, ExperimentForm form) => new(
        request.Key,
        state.Version,
        [.. EvidenceDecisions.Known(state).Select(EntryIds.Of).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostEntries)],
        form,
        Guid.NewGuid().ToString("N"));

    private static ConsolePage Page(ExperimentModel model) => new(typeof(ExperimentPage), $"Experiment with {model.Key}", "home", model)
    {
        Status = model.Trouble is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static async Task<LearningKeyState> StateAsync(ConsoleRequest request) =>
        await new FindingsQueries(request.Service<Backend>().Database).FindStateAsync(request.Stored, request.Stop).ConfigureAwait(false) ?? throw KeyReader.Unknown(request.Key);

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
