using System.Globalization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the disk space for the database and the logs.</summary>
internal sealed class DiskSpaceCheck(AtlasHome home) : ICheck
{
    private const string Name = "disk space";
    private const double Gibibyte = 1024.0 * 1024 * 1024;
    private const double Least = 0.2;
    private const double Comfortable = 1;

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var folder = home.Path;
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        var free = new DriveInfo(folder).AvailableFreeSpace / Gibibyte;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GiB free at {home.Path}");
        return Task.FromResult<IReadOnlyList<Finding>>(
        [
            free switch
            {
                < Least => Finding.Problem(Name, detail, "Free some space, or move the workspace with ATLAS_HOME."),
                < Comfortable => Finding.Warning(Name, detail, "Free some space soon; PostgreSQL stops when the disk is full."),
                _ => Finding.Ok(Name, detail),
            },
        ]);
    }
}
