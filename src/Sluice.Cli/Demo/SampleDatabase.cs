namespace Sluice.Cli.Demo;

/// <summary>
/// Makes the OLTP database of the demo: a shop's users, their visits and their events.
/// </summary>
internal static class SampleDatabase
{
    private const int UsersBetweenReports = 5_000;

    /// <summary>Writes a new SQLite database; equal options give equal bytes.</summary>
    /// <param name="path">The file to create, in a folder that exists.</param>
    /// <param name="options">The size and the seed.</param>
    /// <param name="usersDone">
    /// Told the number of finished users every few thousand and at the end.
    /// </param>
    /// <param name="cancellationToken">Stops it and leaves no file.</param>
    /// <returns>The rows of each table.</returns>
    /// <remarks>
    /// The rows go into <c>path.tmp</c>, which gets its name when it is whole: whenever the process
    /// dies, there is no half database under <paramref name="path"/>. Memory does not grow with the
    /// number of users.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Too few or too many users.</exception>
    /// <exception cref="IOException">
    /// There is already a database or a journal of one; it is left as it is.
    /// </exception>
    public static SampleSummary Write(
        string path,
        SampleOptions options,
        Action<long>? usersDone,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Users, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Users, SampleOptions.MaxUsers, nameof(options));
        ThrowIfTaken(path);

        var temporary = path + ".tmp";
        File.Delete(temporary);
        try
        {
            var summary = Fill(temporary, options, usersDone, cancellationToken);
            File.Move(temporary, path, overwrite: false);
            return summary;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static SampleSummary Fill(
        string path,
        SampleOptions options,
        Action<long>? usersDone,
        CancellationToken cancellationToken
    )
    {
        var random = new SplitMix64(options.Seed);
        var population = new PopulationState(EcommerceCells.All, options.Users, random.Fork());
        var timeline = new UserTimeline(random.Fork());
        using var writer = new SampleWriter(path);
        for (var done = 1L; population.Next() is { } user; done++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(user);
            foreach (var row in timeline.Of(user))
            {
                writer.Write(row);
            }

            if (done % UsersBetweenReports == 0 || done == options.Users)
            {
                usersDone?.Invoke(done);
            }
        }

        return writer.Complete();
    }

    // A journal without its database would be taken for the new one's and rolled back into it.
    private static void ThrowIfTaken(string path)
    {
        string[] names = [path, path + "-journal", path + "-wal"];
        if (Array.Find(names, File.Exists) is { } taken)
        {
            throw new IOException($"'{taken}' exists already; delete it or choose another name.");
        }
    }
}
