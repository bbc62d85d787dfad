using System.Diagnostics;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A file system in memory, mounted over a folder.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    private string Ballast => Path.Combine(_folder, "ballast");

    public static SmallDisk At(string folder, int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A tmpfs is Linux's.");
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(
            TryRun("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "sluice-test", folder),
            "A tmpfs cannot be mounted here; it takes root."
        );
        return new(folder);
    }

    public void Grow() => Remount("size=64m");

    public void MakeReadOnly() => Remount("ro");

    public void Fill(long leaving)
    {
        using var ballast = File.Create(Ballast);
        var free = new DriveInfo(_folder).AvailableFreeSpace;
        ballast.Write(new byte[free - leaving]);
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose() => TryRun("umount", "--lazy", _folder);

    private void Remount(string option) => Assert.True(TryRun("mount", "-o", $"remount,{option}", _folder));

    private static bool TryRun(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true }
            )!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
