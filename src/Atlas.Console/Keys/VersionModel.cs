using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Pages.Frame;
using Atlas.Queries;

namespace Atlas.Pages.Keys;

/// <summary>The model of a version's page.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="Version">The version.</param>
/// <param name="Newest">The key's newest version.</param>
public sealed record VersionModel(string Key, VersionDetail Version, int Newest)
{
    internal static async Task<VersionModel> ReadAsync(ConsoleRequest request)
    {
        var number = request.Version("version") ?? throw Problem.InvalidRequest.With("The address does not name a version.");
        var desk = request.Service<KeyDesk>();
        var state = await desk.StateAsync(request.Stored, request.Caller, request.Stop).ConfigureAwait(false);
        return new VersionModel(
            request.Key, await desk.VersionAsync(request.Stored, number, request.Caller, request.Stop).ConfigureAwait(false), state.Version);
    }
}
