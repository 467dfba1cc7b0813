using System.Globalization;
using Orleans.Storage;

namespace Atlas.Grains.Tests.Storage;

/// <summary>A step with what was known before it and what came of it.</summary>
internal sealed class StorageCall(StorageStep step, GrainState<Sheet> held, Sheet written)
{
    private readonly int _known = VersionOf(held.ETag);
    private readonly bool _exists = held.RecordExists;
    private readonly Sheet _before = held.State!;
    private bool _succeeded;

    public StorageStep Step { get; } = step;

    /// <summary>Ends when the storage has answered; fails for what is neither success nor conflict.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    public static int VersionOf(string? etag) => string.IsNullOrEmpty(etag) ? 0 : int.Parse(etag, CultureInfo.InvariantCulture);

    public void Start(Func<Task> call)
    {
        if (Step.Kind is StepKind.Write)
        {
            held.State = written;
        }

        Done = RunAsync(call);
    }

    /// <summary>The model after this step, if the answer is the one it must give there; else null.</summary>
    /// <param name="before">The model before it.</param>
    /// <param name="alone">Whether nothing else was done to the grain meanwhile.</param>
    public StorageModel? Fits(StorageModel before, bool alone)
    {
        // Who knows of no state looks first and then clears; another write may come in between.
        if (Step.Kind is StepKind.Clear && _known == 0 && !alone && !_succeeded)
        {
            return before;
        }

        var (after, succeeds) = before.Apply(Step.Kind, _known, written);
        if (succeeds != _succeeded)
        {
            return null;
        }

        if (!succeeds)
        {
            return after;
        }

        var expected = Step.Kind is StepKind.Write ? written : after.Value ?? new Sheet();
        return VersionOf(held.ETag) == after.Version && held.RecordExists == (after.Value is not null) && held.State!.Says(expected)
            ? after
            : null;
    }

    public override string ToString() =>
        $"{Step} knowing version {_known} ({(_exists ? "exists" : "does not exist")}, {_before}): "
        + (_succeeded ? $"version {held.ETag}, {held.State}" : "conflict");

    private async Task RunAsync(Func<Task> call)
    {
        try
        {
            await call();
            _succeeded = true;
        }
        catch (InconsistentStateException)
        {
            _succeeded = false;
        }
    }
}
